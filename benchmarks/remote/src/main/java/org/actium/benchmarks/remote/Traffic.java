package org.actium.benchmarks.remote;

/** Bytes of frames with their lengths, as a transport gets them; what TLS and TCP add is not counted. */
record Traffic(long sent, long received) {}
