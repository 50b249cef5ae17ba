import { expect, test } from 'vitest';
import { readNotebook } from '../../../web/previews/read-notebook.ts';

test('a notebook has cells, and what came out of them', () => {
  const text = JSON.stringify({
    cells: [
      { cell_type: 'markdown', source: ['# One\n', 'two'] },
      {
        cell_type: 'code',
        source: 'print(1)',
        outputs: [
          { output_type: 'stream', text: ['1\n'] },
          { output_type: 'display_data', data: { 'image/png': 'AA\n==', 'text/plain': '<Figure>' } },
          { output_type: 'error', traceback: ['\u001b[0;31mboom\u001b[0m'] },
        ],
      },
    ],
  });
  expect(readNotebook(text)).toEqual([
    { kind: 'markdown', text: '# One\ntwo', outputs: [] },
    {
      kind: 'code',
      text: 'print(1)',
      outputs: [
        { kind: 'text', text: '1\n' },
        { kind: 'image', type: 'image/png', base64: 'AA==' },
        { kind: 'text', text: 'boom' },
      ],
    },
  ]);
});
