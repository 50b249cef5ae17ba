/**
 * Whether an MLmodel file has a signature (MLflow: models/model.py, Model.to_yaml; models/signature.py, to_dict). The file
 * is YAML as MLflow writes it: a mapping in block style, whose keys stand at the beginning of a line.
 */
export function hasSignature(mlModel: string): boolean {
  const lines = mlModel.split(/\r?\n/);
  const at = lines.findIndex((line) => line.startsWith('signature:'));
  if (at < 0) return false;
  const behind = lines.slice(at + 1);
  const end = behind.findIndex((line) => /^\S/.test(line));
  const block = end < 0 ? behind : behind.slice(0, end);
  return block.some((line) => /^ +(?:inputs|outputs|params): *(?!null *$|~ *$)\S/.test(line));
}
