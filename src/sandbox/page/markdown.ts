import MarkdownIt from 'markdown-it';

/** What Teams draws of Markdown: emphasis, lists, links and line breaks. HTML stays text. */
const markdown = new MarkdownIt('zero', { html: false, breaks: true }).enable([
  'emphasis',
  'link',
  'list',
  'newline',
  'escape',
  'entity',
]);

const open = markdown.renderer.rules.link_open;
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noreferrer noopener');
  return open ? open(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
};

export const markdownToHtml = (text: string): string => markdown.render(text).trim();

const AT = /<at(?:\s[^>]*)?>(.*?)<\/at>/gs;
// Characters of the private use area: nobody types them, and Markdown lets them through.
const HELD = /\uE000(\d+)\uE001/g;

/** A Teams message as HTML: its Markdown, and its mentions set apart. */
export function teamsHtml(text: string): string {
  const names: string[] = [];
  const held = text.replace(/[\uE000\uE001]/g, '').replace(AT, (_, name: string) => {
    names.push(name);
    return `\uE000${names.length - 1}\uE001`;
  });
  const mention = (name = '') => `<span class="mention">${markdown.utils.escapeHtml(decode(name))}</span>`;
  return markdownToHtml(held).replace(HELD, (_, index: string) => mention(names[Number(index)]));
}

const decode = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot);/g, (it, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name] ?? it);
