import { ProgressBar } from './progress-bar.js';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { written, out: { isTTY, write: (text: string) => written.push(text) > 0 } };
}

describe('ProgressBar', () => {
  it('draws a share, a count and a rate on a terminal, and clears its line', () => {
    const { written, out } = terminal(true);
    const bar = new ProgressBar(200, out);
    bar.update(50, 7);
    bar.end();
    expect(written[0]).toMatch(/^\r\[#{6}\.{18}\] {2}25 % {2}7 \(\d+\/s\) $/);
    expect(written[1]).toBe('\r\u001B[K');
  });

  it('draws nothing without a terminal', () => {
    const { written, out } = terminal(false);
    const bar = new ProgressBar(200, out);
    bar.update(50, 7);
    bar.end();
    expect(written).toEqual([]);
  });
});
