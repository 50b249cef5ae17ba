import { AsyncLocalStorage } from 'node:async_hooks';

/** Texts of a part that runs beside another one, whose lines would else stand between its own. */
const held = new AsyncLocalStorage();

/** Shows texts: at once, or when the part ends that was running when this was called. */
export function shower() {
  const texts = held.getStore();
  return (text) => {
    if (texts) texts.push(text);
    else process.stdout.write(text);
  };
}

export const say = (line) => shower()(`${line}\n`);

/** Does work and shows what it had to say when it has ended. */
export async function holdOutput(work) {
  const texts = [];
  try {
    return await held.run(texts, work);
  } finally {
    process.stdout.write(texts.join(''));
  }
}
