import { ApiError, ConnectionLostError } from './api-error.ts';

interface Put {
  readonly headers: Readonly<Record<string, string>>;
  readonly file: Blob;
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Puts bytes at a presigned URL. By XMLHttpRequest, for fetch does not tell how much has been sent. */
export function putFile(url: string, { headers, file, onProgress, signal }: Put): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => (isSuccess(request.status) ? resolve() : reject(refusalOf(request)));
    request.onerror = () => reject(new ConnectionLostError(new Error(`PUT of ${file.size} bytes had no answer`)));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (signal.aborted) reject(new DOMException('The upload was cancelled.', 'AbortError'));
    else request.send(file);
  });
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** S3 says what was wrong in XML. */
function refusalOf({ status, responseText }: XMLHttpRequest): ApiError {
  const answer = new DOMParser().parseFromString(responseText, 'text/xml');
  const code = answer.querySelector('Code')?.textContent ?? `HTTP ${status}`;
  const message = answer.querySelector('Message')?.textContent || `The store of files answered ${status}.`;
  return new ApiError({ status, code, message });
}
