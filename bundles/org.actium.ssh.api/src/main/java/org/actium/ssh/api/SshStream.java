package org.actium.ssh.api;

import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One connection through an ssh server. Closing the output says that no more comes; the input ends when the other side says so.
 */
@ProviderType
public record SshStream(InputStream input, OutputStream output) {}
