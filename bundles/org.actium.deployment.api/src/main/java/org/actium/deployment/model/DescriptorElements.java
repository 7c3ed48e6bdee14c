package org.actium.deployment.model;

import java.util.stream.Collectors;

/** Writes trees of elements for people. */
final class DescriptorElements {

    private static final int LONGEST = 2000;

    private DescriptorElements() {}

    static String text(DescriptorElement element) {
        var text = new StringBuilder();
        append(element, text);
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + "…";
    }

    private static void append(DescriptorElement element, StringBuilder text) {
        text.append(element.elementName());
        if (text.length() > LONGEST || !(element instanceof Launch launch)) {
            return;
        }
        if (!launch.settings().isEmpty()) {
            text.append(launch.settings().stream()
                    .map(setting -> setting.name() + "=" + setting.value())
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        if (launch.next().size() == 1) {
            text.append(" → ");
            append(launch.next().getFirst(), text);
        } else if (!launch.next().isEmpty()) {
            text.append(" → [");
            String separator = "";
            for (DescriptorElement next : launch.next()) {
                text.append(separator);
                append(next, text);
                separator = ", ";
            }
            text.append(']');
        }
    }
}
