/** Hands the port that main sends to the page, as the product's preload does. */
const { ipcRenderer } = require('electron');

ipcRenderer.on('port', (event) => window.postMessage('port', '*', event.ports));
