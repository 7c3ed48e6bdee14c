package org.actium.launcher.container;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/**
 * What the framework logs, in the log of the container; by itself it writes to standard output, which belongs to the
 * application. Silent while the bundles start: what goes wrong then is collected and thrown.
 */
final class FrameworkLog extends Logger {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

    private volatile boolean started;

    void started() {
        started = true;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is that of the framework
    protected void doLog(Bundle bundle, ServiceReference service, int level, String message, Throwable cause) {
        String subject = bundle == null ? "" : bundle.getSymbolicName() + ": ";
        doLog(level, subject + message, cause);
    }

    @Override
    protected void doLog(int level, String message, Throwable cause) {
        if (!started) {
            return;
        }
        switch (level) {
            case LOG_ERROR -> LOG.error(message, cause);
            case LOG_WARNING -> LOG.warn(message, cause);
            case LOG_INFO -> LOG.info(message, cause);
            default -> LOG.debug(message, cause);
        }
    }
}
