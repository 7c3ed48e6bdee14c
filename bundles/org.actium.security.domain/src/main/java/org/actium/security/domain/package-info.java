/** The authority of a domain, the certificates of its runtimes, and TLS with them. */
package org.actium.security.domain;
