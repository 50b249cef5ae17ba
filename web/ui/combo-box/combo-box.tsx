import { lazy, Suspense } from 'react';

const Loaded = lazy(() => import('./key-combo-box.tsx').then(({ KeyComboBox }) => ({ default: KeyComboBox })));

export interface ComboBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly string[];
  readonly onChoose: (item: string) => void;
}

/** A field that completes one of many texts, twelve thousand keys of metrics among them. */
export function ComboBox(props: ComboBoxProps) {
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
