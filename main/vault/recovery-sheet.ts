/** The page to print: what the key is for, the key in large groups, and where to keep it. `key` is Crockford's base 32. */
export function recoverySheet(key: string, desk: string): string {
  const groups = key.match(/[0-9A-Z]{4}/g) ?? []
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Recovery key of a Muster vault</title><style>
body { font: 14pt/1.5 sans-serif; margin: 20mm; color: #000 }
h1 { font-size: 20pt }
ol { display: grid; grid-template-columns: repeat(4, 1fr); gap: 6mm; padding: 0; list-style: none }
li { border: 0.4mm solid #000; padding: 4mm; text-align: center; font: 700 22pt monospace }
li small { display: block; font: 9pt sans-serif }
</style></head><body>
<h1>Recovery key of a Muster vault</h1>
<p>With this key anybody opens the vault in the data folder<br><code>${escapeHtml(desk)}</code></p>
<ol>${groups.map((group, index) => `<li><small>${index + 1}</small>${group}</li>`).join('')}</ol>
<p>Keep it where the passphrase is not, and the laptop is not: a safe, a sealed envelope with a second person.</p>
<p>To use it: <code>muster vault unlock --recovery</code>, or 'Use the recovery key' on the vault page. Blanks and dashes do
not matter; O is read as 0, I and L as 1.</p>
</body></html>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
