import { useEffect, useState } from 'react';

/** An address of the content for as long as it is shown, which nobody else can use; undefined until it is made. */
export function useAddress(content: Blob, type: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([content], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content, type]);
  return address;
}
