export { FakeDocument } from './fakeDocument.js';
export { type Fault, FakeMarket, type FakeMarketOptions } from './fakeMarket.js';
export { FakeRoom } from './fakeRoom.js';
export { FakeServer, type RestartOptions } from './fakeServer.js';
export { FakeSocket } from './fakeSocket.js';
export { seeded } from './random.js';
export { VirtualClock } from './virtualClock.js';
