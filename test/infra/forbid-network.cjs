// Preloaded into a process: every connection that leaves this machine fails and is noted in the file NETWORK_LOG.
const { appendFileSync } = require('node:fs');
const net = require('node:net');

const LOOPBACK = new Set([undefined, 'localhost', '127.0.0.1', '::1']);
const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function connectToLoopbackOnly(...args) {
  const [first] = args.flat();
  const isPipe = typeof first === 'string' || (typeof first?.path === 'string' && first.host === undefined);
  if (isPipe || LOOPBACK.has(first?.host)) return connect.apply(this, args);
  appendFileSync(process.env.NETWORK_LOG, `${first.host}:${first.port}\n`);
  return this.destroy(new Error(`the test forbids a connection to ${first.host}`));
};
