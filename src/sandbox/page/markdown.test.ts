import { describe, expect, it } from 'vitest';
import { markdownToHtml, teamsHtml } from './markdown.js';

describe('Markdown of Teams', () => {
  it('draws emphasis, lists and links', () => {
    expect(markdownToHtml('**a** *b*')).toBe('<p><strong>a</strong> <em>b</em></p>');
    expect(markdownToHtml('- a\n- b')).toContain('<li>a</li>');
    expect(markdownToHtml('[a](https://b.c)')).toContain(
      'href="https://b.c" target="_blank" rel="noreferrer noopener"',
    );
  });

  it.each(['<img src=x onerror=alert(1)>', '<b>x</b>', '<at>x'])('keeps the HTML %s as text', (html) => {
    expect(markdownToHtml(html)).toBe(`<p>${html.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`);
  });

  it('makes no link that runs a script', () => {
    expect(markdownToHtml('[a](javascript:alert(1))')).not.toContain('<a');
  });

  it('draws no pictures from elsewhere and no headings', () => {
    expect(markdownToHtml('![a](https://b.c/d.png)')).not.toContain('<img');
    expect(markdownToHtml('# a')).toBe('<p># a</p>');
  });

  it('sets mentions apart, whatever is in the name', () => {
    expect(teamsHtml('<at>Entente</at> *hi*')).toBe('<p><span class="mention">Entente</span> <em>hi</em></p>');
    expect(teamsHtml('<at><b>*x*</b></at>')).toBe('<p><span class="mention">&lt;b&gt;*x*&lt;/b&gt;</span></p>');
  });
});
