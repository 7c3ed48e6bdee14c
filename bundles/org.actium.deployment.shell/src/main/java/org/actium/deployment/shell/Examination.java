package org.actium.deployment.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.api.HostReport.Finding;

/**
 * What a host says about itself, judged.
 *
 * @param lines what {@code examine.sh} wrote there, with what came before it
 * @param runtimes how many are to run there
 * @param forwards whether they can come through their shells
 * @param now the time here when the answer came
 */
record Examination(List<String> lines, int runtimes, boolean forwards, Instant now) {

    private static final String MARK = "actium-found ";

    /** The runtime, unpacked and packed, and what its containers write. */
    private static final long DISK_KILOBYTES = 150 * 1024;

    private static final long TEMPORARY_KILOBYTES = 20 * 1024;

    /** Of a container that does little. */
    private static final long RUNTIME_KILOBYTES = 96 * 1024;

    /** Nothing fails yet, but logs and times of several hosts cannot be compared any more. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    boolean answered() {
        return lines.stream().anyMatch(line -> line.contains(MARK + "user "));
    }

    /** Who we are there. */
    String user() {
        return value("user").orElse("").strip();
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(java());
        tools().ifPresent(findings::add);
        findings.add(disk());
        space("temporary", TEMPORARY_KILOBYTES, "files of running containers").ifPresent(findings::add);
        findings.add(memory());
        findings.add(runtime());
        findings.add(parent());
        findings.add(clock());
        return findings;
    }

    private Finding java() {
        String[] java = value("java").orElse("").strip().split(" ", 2);
        if (java.length == 2 && java[0].matches("\\d+") && Integer.parseInt(java[0]) >= 25) {
            return Finding.well("java", java[0] + ", " + java[1]);
        }
        String others = value("others").orElse("").strip();
        String there = java.length == 2 ? java[1] + " is Java " + java[0] : others.isEmpty() ? "none" : others;
        if (others.equals("missing")) {
            there = String.join(" ", java).strip() + " is not there";
        }
        return Finding.bad(
                "java",
                there,
                "install a Java 25 or newer there, for example below /opt, name one with javaPath in the descriptor, or let one"
                        + " be brought: actium start --push-java");
    }

    private Optional<Finding> tools() {
        List<String> lacks = values("lacks");
        return lacks.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.bad(
                        "tools",
                        "no " + String.join(", no ", lacks),
                        "install " + String.join(", ", lacks) + " there"));
    }

    private Finding disk() {
        Optional<String> unwritable = value("unwritable");
        if (unwritable.isPresent()) {
            return Finding.bad(
                    "disk",
                    unwritable.get() + " cannot be written",
                    "let the user write there, or set XDG_CACHE_HOME to a directory that can be");
        }
        return space("disk", DISK_KILOBYTES, "the runtime")
                .orElseGet(() -> Finding.well("disk", megabytes("disk") + " free in " + place("disk")));
    }

    private Optional<Finding> space(String what, long wanted, String whatFor) {
        long free = kilobytes(what);
        return free >= wanted
                ? Optional.empty()
                : Optional.of(Finding.bad(
                        what,
                        megabytes(what) + " free in " + place(what),
                        "make room there; " + whatFor + " needs " + wanted / 1024 + " MB"));
    }

    private Finding memory() {
        long free = kilobytes("memory");
        long wanted = RUNTIME_KILOBYTES * runtimes;
        String found = free / 1024 + " MB available for " + runtimes + (runtimes == 1 ? " runtime" : " runtimes");
        return free < 0
                ? Finding.well("memory", "unknown")
                : free >= wanted
                        ? Finding.well("memory", found)
                        : Finding.bad(
                                "memory",
                                found,
                                "end something there, or start fewer runtimes; each takes some "
                                        + RUNTIME_KILOBYTES / 1024 + " MB");
    }

    private Finding runtime() {
        return Finding.well("runtime", value("runtime").isPresent() ? "there" : "is brought at the first launch");
    }

    private Finding parent() {
        List<String> answers = values("answers");
        if (!answers.isEmpty()) {
            return Finding.well("parent", answers.getFirst() + " answers");
        }
        if (!values("untried").isEmpty()) {
            return Finding.well("parent", "not tried: there is neither bash nor nc");
        }
        String silence = "no answer from " + String.join(", ", values("silent"));
        if (forwards) {
            return Finding.well("parent", silence + "; runtimes there come through their ssh, if its server forwards");
        }
        return Finding.bad(
                "parent",
                silence,
                "let that host reach this one: open the port in the firewalls between, or name another address and port"
                        + " with --listen");
    }

    private Finding clock() {
        String text = value("clock").orElse("");
        if (!text.matches("\\d+")) {
            return Finding.well("clock", "unknown");
        }
        Duration ahead = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text)));
        return ahead.abs().compareTo(SKEW) <= 0
                ? Finding.well("clock", "right")
                : Finding.bad(
                        "clock",
                        ahead.abs().toMinutes() + " min " + (ahead.isNegative() ? "behind" : "ahead"),
                        "set it: times in its logs are wrong, and beyond an hour its runtimes may be refused");
    }

    private long kilobytes(String what) {
        String first = value(what).orElse("").strip().split(" ", 2)[0];
        return first.matches("\\d+") ? Long.parseLong(first) : -1;
    }

    private String megabytes(String what) {
        long free = kilobytes(what);
        return free < 0 ? "an unknown amount" : free / 1024 + " MB";
    }

    private String place(String what) {
        String[] parts = value(what).orElse("").strip().split(" ", 2);
        return parts.length == 2 ? parts[1] : "";
    }

    private Optional<String> value(String what) {
        return values(what).stream().findFirst();
    }

    private List<String> values(String what) {
        String start = MARK + what + " ";
        return lines.stream()
                .filter(line -> line.contains(start))
                .map(line -> line.substring(line.indexOf(start) + start.length()))
                .toList();
    }
}
