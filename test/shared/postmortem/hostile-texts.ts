/** What each text tries to do if somebody runs it: set this name in the page. */
export const trap = 'musterTrap'

const calls = [`window.${trap}=1`, `alert(1)`, `document.title='${trap}';window.${trap}=1`]

const attacks = (call: string): string[] => [
  `<script>${call}</script>`,
  `<SCRIPT/x>${call}//</SCRIPT>`,
  `<img src=x onerror="${call}">`,
  `<img src=x onerror='${call}'//`,
  `<svg onload=${call}>`,
  `<svg><script>${call}</script></svg>`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  `<iframe src="javascript:${call}"></iframe>`,
  `<object data="javascript:${call}">`,
  `<embed src="data:text/html,<script>${call}</script>">`,
  `<a href="javascript:${call}" autofocus onfocus="${call}">x</a>`,
  `<form action="javascript:${call}"><input autofocus onfocus=${call}></form>`,
  `<details open ontoggle=${call}>`,
  `<body onload=${call}>`,
  `<video><source onerror=${call}></video>`,
  `<link rel=stylesheet href="https://evil.invalid/x.css">`,
  `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
  `<base href="https://evil.invalid/">`,
  `"><script>${call}</script>`,
  `' onmouseover='${call}`,
  `" autofocus onfocus="${call}" x="`,
  `--><script>${call}</script><!--`,
  `</title><script>${call}</script>`,
  `</style><script>${call}</script><style>`,
  `</text></svg><script>${call}</script>`,
  `'; } } @page { @top-left { content: url(https://evil.invalid/${call}) } } </style><script>${call}</script>`,
  `&lt;script&gt;${call}&lt;/script&gt;`,
  `&#60;script&#62;${call}&#60;/script&#62;`,
  `\${${call}}{{constructor.constructor('${call}')()}}`,
  `[click](javascript:${call})`,
  `![x](javascript:${call})`,
  `[x]: javascript:${call}\n[x]`,
  `<javascript:${call}>`,
  `\`\`\`html\n<script>${call}</script>\n\`\`\``,
  `\`<script>${call}</script>\``,
  `a | b | <script>${call}</script> |\n|---|---|\n| x`,
  `# heading\n## ${call}\n---\n===\n> quote\n- list\n1. one\n+ plus\n    code ${call}`,
  `\\<script>${call}</script>\\`,
  `\n\n<div onclick="${call}" style="position:fixed;inset:0">\n\n`,
  `$$\\href{javascript:${call}}{x}$$ ~~x~~ ^x^ ==x== :::{.x} @here www.evil.invalid https://evil.invalid`,
]

const screens: readonly string[] = [
  '\u001b[2J\u001b[H\u001b[31mroot#\u001b[0m',
  '\u001b]0;title\u0007\u001b]8;;https://evil.invalid\u0007click\u001b]8;;\u0007',
  '\u001bP+q544e\u001b\\\u009b31m\u0090',
  'line\rOVERWRITTEN\b\b\b\u0000\u007f',
  '\u202egnp.exe\u202c \u2066abc\u2069 \u200fabc\u200e',
  'zero\u200bwidth\ufeff\u2060\u00ad\u034f\u115f\u3164\uffa0\u2800',
  'tags \u{e0041}\u{e0042}\u{e007f}',
  `zalgo Z${'\u0301\u0316\u0340'.repeat(40)}`,
  'lines\u2028and\u2029paragraphs\u0085next',
  'עברית مرحبا 123 (INC-1)',
  '👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ ﷽',
  '='.repeat(180),
  'w'.repeat(4_000),
  '- '.repeat(90),
]

const wraps: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `cart-1 ${text} end`,
  (text) => `\u202e${text}\u001b[0m`,
  (text) => `x'"\`|${text}|\`"'x`,
]

/** More than 500 texts that try to run code, become markup, move a terminal's cursor or deceive the eye. */
export const hostileTexts: readonly string[] = [...calls.flatMap(attacks), ...screens].flatMap((text) =>
  wraps.map((wrap) => wrap(text)),
)
