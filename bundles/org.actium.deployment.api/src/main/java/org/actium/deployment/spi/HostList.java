package org.actium.deployment.spi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of hosts in short. Names stand beside each other with blanks between; each may hold ranges of numbers, and
 * exclusions from the range before:
 *
 * <pre>
 * list      = name { blank name }
 * name      = text { range text }
 * range     = "[" from "-" to [ ";" step ] "]" [ "^" "[" exclusion { "," exclusion } "]" ]
 * exclusion = number [ "-" number ]
 * </pre>
 *
 * Numbers are as wide as {@code from} is written: {@code node[01-03]} is node01, node02, node03. A name may begin with a
 * user, {@code ann@node[1-3]}.
 */
public final class HostList {

    /** Names that one list may stand for: more than any site has, fewer than what fills the memory. */
    public static final int MOST = 100_000;

    private static final Pattern RANGE =
            Pattern.compile("\\[\\s*(\\d+)\\s*-\\s*(\\d+)\\s*(?:;\\s*(\\d+)\\s*)?\\](?:\\s*\\^\\s*\\[([^\\]]*)\\])?");
    private static final Pattern EXCLUSION = Pattern.compile("\\s*(\\d+)\\s*(?:-\\s*(\\d+)\\s*)?");
    private static final Pattern BETWEEN = Pattern.compile("\\s+(?![^\\[]*\\])");
    private static final int WIDEST = 9;

    private HostList() {}

    /**
     * The names, in order, repetitions included.
     *
     * @throws IllegalArgumentException saying what is wrong with the list
     */
    public static List<String> names(String list) {
        var names = new ArrayList<String>();
        for (String name : BETWEEN.split(list.strip())) {
            if (!name.isEmpty()) {
                names.addAll(expanded(name, MOST - names.size()));
            }
        }
        return names;
    }

    /**
     * The numbers of a list of ranges with blanks or commas between, each as wide as {@code padding} digits at least.
     *
     * @throws IllegalArgumentException saying what is wrong with the list
     */
    public static List<String> numbers(String list, int padding) {
        var numbers = new ArrayList<String>();
        for (String range : BETWEEN.split(list.strip())) {
            if (!range.contains("[")) {
                throw new IllegalArgumentException("'" + range + "' is no range; write [from-to]");
            }
            for (String number : expanded(range, MOST - numbers.size())) {
                numbers.add("0".repeat(Math.max(0, Math.min(padding, WIDEST) - number.length())) + number);
            }
        }
        return numbers;
    }

    private static List<String> expanded(String name, int most) {
        List<String> beginnings = List.of("");
        Matcher range = RANGE.matcher(name);
        int done = 0;
        while (range.find()) {
            String between = text(name.substring(done, range.start()), name);
            List<String> numbers = numbers(range, most);
            if ((long) numbers.size() * beginnings.size() > most) {
                throw new IllegalArgumentException("it names more than " + MOST + " hosts");
            }
            var longer = new ArrayList<String>();
            for (String beginning : beginnings) {
                for (String number : numbers) {
                    longer.add(beginning + between + number);
                }
            }
            beginnings = longer;
            done = range.end();
        }
        String end = text(name.substring(done), name);
        if (beginnings.size() > most) {
            throw new IllegalArgumentException("it names more than " + MOST + " hosts");
        }
        return beginnings.stream().map(beginning -> beginning + end).toList();
    }

    /** What stands beside ranges, which must not look like half of one. */
    private static String text(String text, String name) {
        if (text.matches(".*[\\[\\]^;,].*")) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name of hosts; a range is [from-to], [from-to;step] or [from-to]^[some,others]");
        }
        return text;
    }

    private static List<String> numbers(Matcher range, int most) {
        int from = number(range.group(1));
        int to = number(range.group(2));
        int step = range.group(3) == null ? 1 : number(range.group(3));
        if (to < from) {
            throw new IllegalArgumentException("the range " + range.group() + " ends before it begins");
        }
        if (step == 0) {
            throw new IllegalArgumentException("the range " + range.group() + " has the step 0; it is 1 or more");
        }
        if ((to - from) / step >= most) {
            throw new IllegalArgumentException("it names more than " + MOST + " hosts");
        }
        Set<Integer> excluded = excluded(range.group(4), from, to);
        int width = range.group(1).length();
        var numbers = new ArrayList<String>();
        for (long number = from; number <= to; number += step) {
            if (!excluded.contains((int) number)) {
                String digits = Long.toString(number);
                numbers.add("0".repeat(Math.max(0, width - digits.length())) + digits);
            }
        }
        return numbers;
    }

    private static Set<Integer> excluded(String exclusions, int from, int to) {
        var excluded = new LinkedHashSet<Integer>();
        if (exclusions == null) {
            return excluded;
        }
        for (String exclusion : exclusions.split(",", -1)) {
            Matcher matcher = EXCLUSION.matcher(exclusion);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'" + exclusion.strip() + "' excludes nothing; write a number, or a range as in ^[3,5-7]");
            }
            int first = number(matcher.group(1));
            int last = matcher.group(2) == null ? first : number(matcher.group(2));
            if (last < first) {
                throw new IllegalArgumentException("the exclusion " + exclusion.strip() + " ends before it begins");
            }
            for (int number = Math.max(first, from); number <= Math.min(last, to); number++) {
                excluded.add(number);
            }
        }
        return excluded;
    }

    private static int number(String digits) {
        if (digits.length() > WIDEST) {
            throw new IllegalArgumentException("the number " + digits + " has more than " + WIDEST + " digits");
        }
        return Integer.parseInt(digits);
    }
}
