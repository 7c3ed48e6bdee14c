package org.actium.provision.api;

/**
 * Bundles on their way between runtimes, counted.
 *
 * @param givenBytes of jars, sent to others
 * @param fetched jars that came from other runtimes, with {@code fetchedBytes} bytes
 * @param fromCache jars that another runtime has announced, and that were kept here from an earlier time
 */
public record Traffic(long givenBytes, long fetched, long fetchedBytes, long fromCache) {}
