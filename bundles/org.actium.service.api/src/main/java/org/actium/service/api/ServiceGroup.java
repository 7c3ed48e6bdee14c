package org.actium.service.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.runtime.api.RuntimeId;

/**
 * The nodes of one virtual node: those of them on one runtime share an instance of each technical service.
 *
 * @param deployer the runtime that deploys, whose ids of deployments are its own
 */
public record ServiceGroup(RuntimeId deployer, String deployment, String virtualNode) {

    private static final Pattern TEXT =
            Pattern.compile("(\\p{XDigit}{16})(\\p{XDigit}{16})/([^/]*)/(.*)", Pattern.DOTALL);

    /** As {@link TechnicalServices#apply} wants it; another one for each group. */
    public String text() {
        return prefix(deployer) + deployment + "/" + virtualNode;
    }

    /** The group of that text; empty if it is the text of something else. */
    public static Optional<ServiceGroup> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ServiceGroup(
                        new RuntimeId(
                                Long.parseUnsignedLong(matcher.group(1), 16),
                                Long.parseUnsignedLong(matcher.group(2), 16)),
                        matcher.group(3),
                        matcher.group(4)))
                : Optional.empty();
    }

    /** Who deployed the group of that text; empty if it is the text of something else. */
    public static Optional<RuntimeId> deployer(String text) {
        return of(text).map(ServiceGroup::deployer);
    }

    private static String prefix(RuntimeId deployer) {
        return String.format(Locale.ROOT, "%016x%016x/", deployer.high(), deployer.low());
    }
}
