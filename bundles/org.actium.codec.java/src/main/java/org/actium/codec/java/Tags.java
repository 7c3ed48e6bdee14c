package org.actium.codec.java;

/** The first byte of each value. They are on the wire: append only. */
final class Tags {

    /** The whole message is an object stream of the JDK. */
    static final int STREAM = 0;

    static final int NULL = 1;
    static final int TRUE = 2;
    static final int FALSE = 3;
    static final int BYTE = 4;
    static final int SHORT = 5;
    static final int CHAR = 6;
    static final int INT = 7;
    static final int LONG = 8;
    static final int FLOAT = 9;
    static final int DOUBLE = 10;
    /** A string of characters below 256, one byte each. */
    static final int LATIN_STRING = 11;
    /** Any other string, two bytes a character: unpaired surrogates survive. */
    static final int WIDE_STRING = 12;
    /** An {@code Object[]}: length and elements. */
    static final int OBJECTS = 13;
    /** What was there before: its number among those that are counted. */
    static final int AGAIN = 14;
    /** A class itself. */
    static final int CLASS = 15;
    /** Class, position in the list of its constants. */
    static final int ENUM = 16;
    /** Class, length, elements. */
    static final int ARRAY = 17;
    /** Class, fields. */
    static final int OBJECT = 18;
    /** Class, components. */
    static final int RECORD = 19;

    static final int ARRAY_LIST = 20;
    static final int LINKED_LIST = 21;
    static final int ARRAY_DEQUE = 22;
    static final int HASH_SET = 23;
    static final int LINKED_HASH_SET = 24;
    static final int HASH_MAP = 25;
    static final int LINKED_HASH_MAP = 26;
    static final int CONCURRENT_HASH_MAP = 27;
    static final int LIST_OF = 28;
    static final int SET_OF = 29;
    static final int MAP_OF = 30;

    static final int OPTIONAL = 32;
    static final int OPTIONAL_INT = 33;
    static final int OPTIONAL_LONG = 34;
    static final int OPTIONAL_DOUBLE = 35;
    static final int UUID = 36;
    static final int INSTANT = 37;
    static final int DURATION = 38;
    static final int LOCAL_DATE = 39;
    static final int LOCAL_DATE_TIME = 40;
    static final int BIG_INTEGER = 41;
    static final int BIG_DECIMAL = 42;
    static final int DATE = 43;

    /** The first of the primitive arrays, in the order of {@link PrimitiveArrays}. */
    static final int PRIMITIVES = 64;

    private Tags() {}
}
