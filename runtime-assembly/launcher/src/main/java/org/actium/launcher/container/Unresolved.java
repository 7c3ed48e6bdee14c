package org.actium.launcher.container;

import java.util.ArrayList;
import java.util.List;

/** Makes what Felix says of bundles that do not resolve readable: most of them only need one of the others. */
final class Unresolved {

    private static final String CAUSED_BY_ANOTHER = " [caused by: ";
    private static final String REPETITION = " Unresolved requirements: ";

    private Unresolved() {}

    /** @param reasons what Felix says, one for each bundle */
    static List<String> rootCauses(List<String> reasons) {
        var causes = new ArrayList<>(reasons.stream()
                .filter(reason -> !reason.contains(CAUSED_BY_ANOTHER))
                .map(reason -> upTo(REPETITION, reason))
                .toList());
        if (causes.isEmpty()) {
            return reasons; // they need each other
        }
        int others = reasons.size() - causes.size();
        if (others > 0) {
            causes.add("and for that reason " + others + (others == 1 ? " other" : " others"));
        }
        return causes;
    }

    private static String upTo(String end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
