import { useState } from 'react';
import { Loading } from '../ui/states/states.tsx';
import { typeOf } from './preview-kind.ts';
import styles from './previews.module.css';
import { useAddress } from './use-address.ts';

interface Props {
  readonly kind: 'audio' | 'html' | 'image' | 'pdf' | 'video';
  readonly name: string;
  readonly content: Blob;
}

/** What a browser draws by itself, from an address of the content that nobody else can use. */
export function MediaPreview({ kind, name, content }: Props) {
  const [isBroken, setBroken] = useState(false);
  const address = useAddress(content, typeOf(kind, name));
  if (address === undefined) return <Loading what="the file" />;
  if (isBroken)
    return <p className={styles.cut}>The browser cannot show this file. Download it to see what is in it.</p>;
  const onError = () => setBroken(true);
  switch (kind) {
    case 'image':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <div className={styles.picture} tabIndex={0}>
          <img src={address} alt={name} onError={onError} />
        </div>
      );
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: a file has none.
      return <audio className={styles.sound} src={address} aria-label={name} controls onError={onError} />;
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: a file has none.
      return <video className={styles.film} src={address} aria-label={name} controls onError={onError} />;
    case 'pdf':
      return <iframe className={styles.frame} src={address} title={name} />;
    case 'html':
      return (
        <>
          <p className={styles.cut}>
            Without its scripts and styles, for the file may be anybody’s. Download it to see it whole.
          </p>
          <iframe className={styles.frame} src={address} title={name} sandbox="" />
        </>
      );
    default:
      return kind satisfies never;
  }
}
