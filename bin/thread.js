'use strict';
const { parentPort, workerData } = require('node:worker_threads');

const { examineInThread } = require('./load.js').load();
parentPort.on('message', (own) => {
  examineInThread(workerData.root, { ...workerData.share, own }).then((text) => parentPort.postMessage(text));
});
