package org.actium.deployment.descriptor;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.actium.deployment.spi.XmlElement;

/** Numbers that the grammar has checked. */
final class Numbers {

    private Numbers() {}

    /** Empty if the attribute is absent, {@code max}, or no number. */
    static OptionalInt countOrMax(XmlElement element, String attribute) {
        String value = element.attribute(attribute).orElse("max").strip();
        try {
            return value.equalsIgnoreCase("max") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
        } catch (NumberFormatException reported) {
            return OptionalInt.empty();
        }
    }

    /** A number from 0 up; empty if the attribute is absent, or no such number. */
    static OptionalLong positive(XmlElement element, String attribute) {
        try {
            long number = Long.parseLong(element.attribute(attribute).orElse("").strip());
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (NumberFormatException absentOrReported) {
            return OptionalLong.empty();
        }
    }

    static boolean isTrue(XmlElement element, String attribute) {
        String value = element.attribute(attribute).orElse("false").strip();
        return value.equals("true") || value.equals("1");
    }
}
