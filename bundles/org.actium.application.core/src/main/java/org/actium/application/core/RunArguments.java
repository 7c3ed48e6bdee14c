package org.actium.application.core;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code actium run} was asked to do.
 *
 * @param application name of an application, or path of a jar with one
 * @param main class of a jar that does not name its own, or the id of a main definition
 * @param descriptor instead of the one in the application's bundle
 * @param variables of the descriptor
 * @param options what the application finds in {@code Actium.options()}
 * @param arguments of {@code main}
 * @param faultTolerance the technical service that makes the objects of all virtual nodes recoverable
 */
record RunArguments(
        String application,
        Optional<String> main,
        Optional<Path> descriptor,
        Map<String, String> variables,
        Map<String, String> options,
        List<String> arguments,
        Optional<String> faultTolerance,
        Optional<Kill> kill,
        boolean quiet) {

    static final String USAGE = """
            usage: actium run <application> [options] [-- arguments of main]

              <application>          name of an installed application, or path of its jar or classes
              --main <class>         class with main, of a jar that names none or another; or the id of a
                                     mainDefinition of the descriptor
              --descriptor <file>    deploy this descriptor instead of the application's own; if it has one
                                     mainDefinition, its class and arguments count
              --nodes <number>       short for --var NODES=<number>
              --var <name>=<value>   variable of the descriptor; may be repeated
              --arg <name>=<value>   option of the application; may be repeated
              --listen <host:port>   where containers on other hosts reach this one; default: not at all
              --join <host:port>     belong to the domain of the container that listens there, and end with it
              --token-file <file>    for --join, from 'actium token --guest'
              --outlive              with --join: goes on if that container ends, such as a server of fault tolerance
                                     that is restarted
              --push-java            other hosts without Java 25 get one, made from the JDK that runs this
              --ft pml               objects on virtual nodes survive the loss of their JVM: a spare JVM, or those
                                     that are left, go on with them
              --kill <n>[@<s>s]      kills n of the application's JVMs on this host, 3 s after main began or as given; with
                                     --ft, as soon after that as their objects have received something
              --quiet                print nothing but what the application prints
              --help                 print this
            """;

    /** Set by {@code --nodes}; descriptors that want to be scaled this way declare it. */
    private static final String NODES = "NODES";

    static RunArguments of(CommandLine line) {
        if (line.words().size() != 1) {
            throw new UsageException(
                    line.words().isEmpty()
                            ? "which application?"
                            : "one application at a time, not " + String.join(" ", line.words())
                                    + "; arguments of main come after --");
        }
        Map<String, String> variables = new LinkedHashMap<>(line.pairs("var"));
        line.value("nodes").ifPresent(nodes -> variables.put(NODES, positive(nodes)));
        return new RunArguments(
                line.words().getFirst(),
                line.value("main"),
                line.value("descriptor").map(Path::of),
                variables,
                line.pairs("arg"),
                line.rest(),
                line.value("ft").map(RunArguments::protocol),
                line.value("kill").map(Kill::parse),
                line.has("quiet"));
    }

    static CommandLine line(String[] arguments) {
        return CommandLine.parse(
                List.of(arguments),
                Set.of("main", "descriptor", "nodes", "var", "arg", "ft", "kill"),
                Set.of("quiet", "help"));
    }

    private static String protocol(String named) {
        if (!named.equals("pml")) {
            throw new UsageException(
                    "option --ft wants pml, message logging, which is all there is so far, not '" + named + "'");
        }
        return named;
    }

    private static String positive(String nodes) {
        if (!nodes.matches("0*[1-9][0-9]{0,5}")) {
            throw new UsageException("option --nodes wants a number from 1, not '" + nodes + "'");
        }
        return nodes;
    }
}
