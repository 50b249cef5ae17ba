import { tell, tellTrouble } from '../toasts/toast-store.ts';

/** Copies a text and tells that it did. */
export async function copyText(text: string, what: string): Promise<void> {
  const isCopied = navigator.clipboard ? await copyByClipboard(text) : copyBySelection(text);
  if (isCopied) tell(`Copied ${what}.`);
  else tellTrouble(`The browser did not let ${what} be copied.`);
}

async function copyByClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Pages that come over plain http from another machine have no clipboard; the old way still works there. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
