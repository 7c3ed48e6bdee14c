package org.actium.launcher.container;

import java.util.Map;
import org.actium.launcher.log.TappedProvider;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up SLF4J's simple logger, which writes to standard error and which bundles can listen to. It reads system properties once, at its first use, so
 * this comes before any container.
 */
public final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /**
     * @param level of all loggers, unless the variable {@code ACTIUM_LOG} of the environment says otherwise
     * @param stamped whether lines begin with date and time, for a log that is read later
     */
    public static void configure(String level, boolean stamped, Map<String, String> environment) {
        set("defaultLogLevel", environment.getOrDefault("ACTIUM_LOG", level));
        if (stamped) { // else not even the format: making one loads half a calendar
            set("showDateTime", "true");
            set("dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
        }
        set("showThreadName", "false");
        set("levelInBrackets", "true");
        System.setProperty("slf4j.internal.verbosity", "WARN"); // it would tell at each start which logger was chosen
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, TappedProvider.class.getName());
    }

    /** Sends what libraries log through {@code java.util.logging} to SLF4J as well. */
    public static void bridgeJavaLogging() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void set(String key, String value) {
        if (System.getProperty(PREFIX + key) == null) {
            System.setProperty(PREFIX + key, value);
        }
    }
}
