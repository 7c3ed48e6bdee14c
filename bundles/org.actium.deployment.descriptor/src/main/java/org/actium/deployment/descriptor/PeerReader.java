package org.actium.deployment.descriptor;

import java.io.IOException;
import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actium.deployment.model.PeerSchedule;
import org.actium.deployment.model.PeerSchedule.Moment;
import org.actium.deployment.model.PeerSchedule.Period;
import org.actium.deployment.spi.HostList;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/** Reads when hosts share their processors, and the files that say more of it. */
final class PeerReader {

    private static final int MOST_FILES = 100;

    private final Document document;
    private final Document.Language language;
    private final Problems problems;
    private final Deque<String> loading = new ArrayDeque<>();
    private int loaded;

    PeerReader(Document document, Document.Language language, Problems problems) {
        this.document = document;
        this.language = language;
        this.problems = problems;
    }

    List<PeerSchedule> read() {
        return schedules(document.root());
    }

    private List<PeerSchedule> schedules(XmlElement root) {
        var schedules = new ArrayList<PeerSchedule>();
        for (XmlElement list : root.children("peerToPeer")) {
            for (XmlElement entry : list.children()) {
                if (entry.name().equals("loadconfig")) {
                    schedules.addAll(included(entry));
                } else {
                    schedules.addAll(configuration(entry));
                }
            }
        }
        return schedules;
    }

    /** Hosts stand before the settings that are for them; those without hosts are for all others. */
    private List<PeerSchedule> configuration(XmlElement configuration) {
        var schedules = new ArrayList<PeerSchedule>();
        var hosts = new ArrayList<String>();
        for (XmlElement entry : configuration.children()) {
            switch (entry.name()) {
                case "loadconfig" -> schedules.addAll(included(entry));
                case "host" -> hosts.addAll(names(entry));
                case "configForHost" -> {
                    if (hosts.isEmpty()) {
                        problems.report(
                                entry.at(),
                                "'configForHost' is for no host; put a <host name='…'/> before it, or call it 'default'");
                    }
                    schedules.addAll(settings(entry, hosts));
                    hosts.clear();
                }
                case "default" -> schedules.addAll(settings(entry, List.of()));
                default -> {
                    // reported by the grammar
                }
            }
        }
        if (!hosts.isEmpty()) {
            problems.report(
                    configuration.at(), "'host' names hosts, but no 'configForHost' with their settings follows");
        }
        return schedules;
    }

    /** What stands in the element, and what it loads: as far as that names no hosts, it is for these. */
    private List<PeerSchedule> settings(XmlElement settings, List<String> hosts) {
        List<XmlElement> files = settings.children("loadconfig");
        var schedules = new ArrayList<PeerSchedule>();
        if (files.size() < settings.children().size() || files.isEmpty()) {
            schedules.add(schedule(settings, hosts));
        }
        files.stream()
                .flatMap(file -> included(file).stream())
                .map(schedule -> schedule.hosts().isEmpty()
                        ? new PeerSchedule(hosts, schedule.periods(), schedule.registries(), schedule.at())
                        : schedule)
                .forEach(schedules::add);
        return schedules;
    }

    private List<String> names(XmlElement host) {
        try {
            return HostList.names(host.attribute("name").orElse(""));
        } catch (IllegalArgumentException malformed) {
            problems.report(host.at(), "attribute 'name' of 'host' is no list of hosts: " + malformed.getMessage());
            return List.of();
        }
    }

    private List<PeerSchedule> included(XmlElement include) {
        String path = include.attribute("path").orElse("");
        if (path.isBlank()) {
            return List.of();
        }
        try {
            Includes.Included file = language.includes().read(include.at().source(), path);
            if (loading.contains(file.name())) {
                problems.report(include.at(), "'" + file.name() + "' loads itself");
                return List.of();
            }
            if (++loaded > MOST_FILES) {
                problems.report(include.at(), "more than " + MOST_FILES + " files are loaded");
                return List.of();
            }
            loading.push(file.name());
            try {
                return Document.read(
                                file.name(),
                                file.content(),
                                document.variables().inner(),
                                language,
                                problems)
                        .map(inner -> schedules(inner.root()))
                        .orElse(List.of());
            } finally {
                loading.pop();
            }
        } catch (IOException unreadable) {
            problems.report(include.at(), "loadconfig: " + unreadable.getMessage());
            return List.of();
        }
    }

    private PeerSchedule schedule(XmlElement settings, List<String> hosts) {
        var periods = new ArrayList<Period>();
        for (XmlElement period : settings.children("periods").stream()
                .flatMap(list -> list.children("period").stream())
                .toList()) {
            Optional<Moment> start = period.child("start").flatMap(this::moment);
            Optional<Moment> end = period.child("end").flatMap(this::moment);
            if (start.isPresent() && end.isPresent()) {
                periods.add(new Period(start.get(), end.get()));
            } else if (period.child("start").isEmpty() || period.child("end").isEmpty()) {
                problems.report(period.at(), "'period' needs a 'start' and an 'end'");
            }
        }
        List<String> registries = settings.children("register").stream()
                .flatMap(list -> list.children("registry").stream())
                .flatMap(registry -> registry.attribute("url").stream())
                .toList();
        return new PeerSchedule(hosts, periods, registries, settings.at());
    }

    private Optional<Moment> moment(XmlElement moment) {
        int hour = moment.integer("hour", 0, problems).orElse(0);
        int minute = moment.integer("minute", 0, problems).orElse(0);
        if (hour > 23 || minute > 59) {
            problems.report(
                    moment.at(), "there is no time " + hour + ":" + minute + "; hours end at 23, minutes at 59");
            return Optional.empty();
        }
        try {
            String day = moment.attribute("day").orElse("").strip().toUpperCase(Locale.ROOT);
            return Optional.of(new Moment(DayOfWeek.valueOf(day), hour, minute));
        } catch (IllegalArgumentException reportedByTheGrammar) {
            return Optional.empty();
        }
    }
}
