/** The page for those who may not come in, which says how to. */
export function refusalPage(reason: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hashlane</title></head>
<body>
<h1>Hashlane</h1>
<p>${reason}</p>
<p>When Hashlane starts, it prints a line such as</p>
<pre>Hashlane is serving at http://127.0.0.1:PORT/?token=…</pre>
<p>Open that whole address, token included, in this browser. It works as long as that Hashlane runs.</p>
<p>Have you just done so? Then <a href="/">go on</a>.</p>
</body>
</html>
`;
}
