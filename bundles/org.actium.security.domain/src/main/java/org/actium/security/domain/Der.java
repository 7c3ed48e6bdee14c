package org.actium.security.domain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes values in the distinguished encoding rules (ITU-T X.690): as much of them as a certificate needs. Nothing here
 * reads: that is the JDK's.
 */
final class Der {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    /** From this year on a certificate has times of the longer form (RFC 5280, 4.1.2.5). */
    private static final int LONG_TIMES_FROM = 2050;

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return value(SEQUENCE, elements);
    }

    static byte[] set(byte[]... elements) {
        return value(SET, elements);
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    static byte[] yes() {
        return value(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] content) {
        return value(OCTET_STRING, content);
    }

    /** @param unused how many of the last bits do not count */
    static byte[] bits(int unused, byte[] content) {
        return value(BIT_STRING, new byte[] {(byte) unused}, content);
    }

    static byte[] text(String content) {
        return value(UTF8_STRING, content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] identifier(int... arcs) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * arcs[0] + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arcs[i] >>> shift != 0) {
                    content.write(0x80 | arcs[i] >>> shift & 0x7f);
                }
            }
            content.write(arcs[i] & 0x7f);
        }
        return value(OBJECT_IDENTIFIER, content.toByteArray());
    }

    static byte[] time(Instant instant) {
        boolean late = instant.atOffset(ZoneOffset.UTC).getYear() >= LONG_TIMES_FROM;
        String text = DateTimeFormatter.ofPattern(late ? "yyyyMMddHHmmss'Z'" : "yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return value(late ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An element with a number of its own around other elements. */
    static byte[] explicit(int number, byte[]... elements) {
        return value(CONTEXT | CONSTRUCTED | number, elements);
    }

    /** A primitive element whose number says what its content is. */
    static byte[] implicit(int number, byte[] content) {
        return value(CONTEXT | number, content);
    }

    private static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        value.write(tag);
        if (length < 0x80) {
            value.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int leadingZeros = digits[0] == 0 ? 1 : 0;
            value.write(0x80 | digits.length - leadingZeros);
            value.write(digits, leadingZeros, digits.length - leadingZeros);
        }
        for (byte[] part : parts) {
            value.writeBytes(part);
        }
        return value.toByteArray();
    }
}
