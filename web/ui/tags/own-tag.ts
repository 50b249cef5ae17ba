/** MLflow's own tags say what other places show better. */
export const isOwnTag = (key: string): boolean => key.startsWith('mlflow.');
