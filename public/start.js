// Starts the page in the visitor's language: what was asked for in the address or chosen before, else the browser's.
const spoken = [
  new URLSearchParams(location.search).get("lang"),
  localStorage.getItem("ecg-lens:language"),
  ...navigator.languages,
].find((language) => /^(en|zh)/i.test(language ?? ""));
const chinese = /^zh/i.test(spoken ?? "");
document.documentElement.lang = chinese ? "zh-Hans" : "en";
const { default: start } = await import(chinese ? "./zh/page-zh.js" : "./page.js");
await start();
