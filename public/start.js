// A file of its own, since the page's policy allows no script inside index.html.
import start from "./page.js";
await start();
