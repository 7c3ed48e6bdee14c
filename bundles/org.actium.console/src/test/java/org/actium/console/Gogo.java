package org.actium.console;

import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.rules.ExternalResource;

/** The real command processor, without a framework. */
final class Gogo extends ExternalResource {

    private ThreadIOImpl threadIo;
    private CommandProcessorImpl processor;

    @Override
    protected void before() {
        threadIo = new ThreadIOImpl();
        threadIo.start();
        processor = new CommandProcessorImpl(threadIo);
    }

    @Override
    protected void after() {
        processor.stop();
        threadIo.stop();
    }

    CommandProcessorImpl processor() {
        return processor;
    }

    /** Registers the functions as the whiteboard would. */
    void add(Object commands, List<String> functions) {
        functions.forEach(function -> processor.addCommand("actium", commands, function));
    }
}
