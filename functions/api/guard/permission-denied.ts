import { MlflowError } from '../../domain/errors.ts';

/** MLflow's whole answer to who may not. */
const PERMISSION_DENIED = 'Permission denied';

/** What a guard throws: MLflow answers it in plain text and nothing more. */
export const permissionDenied = () => new MlflowError('PERMISSION_DENIED', PERMISSION_DENIED);

/** Whether an error is the guard's. */
export const isPermissionDenied = ({ code, message }: MlflowError): boolean =>
  code === 'PERMISSION_DENIED' && message === PERMISSION_DENIED;
