/** Stands for the rows of a table that are not drawn; `height` in pixels. */
export function Space({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
