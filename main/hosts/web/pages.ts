/** The page for a request that is refused, which says how to open the app. */
export function refusalPage(reason: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hashlane</title></head>
<body>
<h1>Hashlane</h1>
<p>${reason}</p>
<p>Hashlane prints the address to open:</p>
<pre>Hashlane is serving at http://127.0.0.1:PORT/#token=…</pre>
<p>Each address opens the app once. Press Enter in the terminal where Hashlane runs to print a new one.</p>
</body>
</html>
`;
}
