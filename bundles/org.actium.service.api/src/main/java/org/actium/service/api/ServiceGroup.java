package org.actium.service.api;

import java.util.Locale;
import org.actium.runtime.api.RuntimeId;

/**
 * The nodes of one virtual node: those of them on one runtime share an instance of each technical service.
 *
 * @param deployer the runtime that deploys, whose ids of deployments are its own
 */
public record ServiceGroup(RuntimeId deployer, String deployment, String virtualNode) {

    /** As {@link TechnicalServices#apply} wants it; another one for each group. */
    public String text() {
        return prefix(deployer) + deployment + "/" + virtualNode;
    }

    /** Whether the runtime deployed the group of that text. */
    public static boolean isOf(RuntimeId deployer, String text) {
        return text.startsWith(prefix(deployer));
    }

    private static String prefix(RuntimeId deployer) {
        return String.format(Locale.ROOT, "%016x%016x/", deployer.high(), deployer.low());
    }
}
