import styles from './previews.module.css';
import type { Signature, SignatureField } from './read-mlmodel.ts';

/** What a model takes and gives. */
export function SignatureTables({ signature }: { readonly signature: Signature | undefined }) {
  if (signature === undefined) {
    return (
      <p className={styles.none}>
        The model was logged without one. Give <code>input_example</code> or <code>signature</code> when logging it.
      </p>
    );
  }
  const sides = [
    { title: 'Inputs', fields: signature.inputs },
    { title: 'Outputs', fields: signature.outputs },
    { title: 'Params', fields: signature.params },
  ];
  return sides.filter(({ fields }) => fields.length > 0).map((side) => <Side key={side.title} {...side} />);
}

function Side({ title, fields }: { readonly title: string; readonly fields: readonly SignatureField[] }) {
  const hasNotes = fields.some(({ note }) => note !== '');
  return (
    <table aria-label={title} className={styles.fields}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Type</th>
          {hasNotes && <th scope="col">Note</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, note }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tensors may have no name, and their places never change.
          <tr key={at}>
            <th scope="row">{name || `(${at + 1})`}</th>
            <td>{type}</td>
            {hasNotes && <td>{note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
