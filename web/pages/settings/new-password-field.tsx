import { TextField } from '../../ui/form/field.tsx';

/** As the server wants it (functions/domain/user.ts). */
const LEAST = 12;

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A password that is being made. */
export function NewPasswordField({ value, onChange }: Props) {
  return (
    <TextField
      label="New password"
      hint={`At least ${LEAST} characters.`}
      type="password"
      autoComplete="new-password"
      minLength={LEAST}
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
