package org.actium.itests.label;

import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;
import org.actium.service.api.Begun;

/** Works at its desk whenever it is asked, whatever for. */
final class Clerk implements MessageInterceptor {

    private final String text;
    private final Desk desk;
    private final Begun<RequestView> begun = new Begun<>();

    Clerk(String text, Desk desk) {
        this.text = text;
        this.desk = desk;
    }

    @Override
    public CallPolicy calling(StubMethod method) {
        desk.work("calling");
        return CallPolicy.NONE;
    }

    @Override
    public void departing(RequestView request) {
        desk.work("departing");
    }

    @Override
    public Verdict arriving(RequestView request) {
        desk.work("arriving");
        return request.signature().startsWith("burn(")
                ? new Verdict.Refuse("what is labelled " + text + " is kept")
                : Verdict.DELIVER;
    }

    @Override
    public void serving(RequestView request) {
        desk.work("serving");
        begun.begin(request, request);
    }

    @Override
    public void served(RequestView request, boolean normally) {
        desk.work("served");
        if (begun.end(request).isEmpty()) {
            desk.complain(request.signature() + " is over, of which nobody had said that it begins");
        }
    }

    @Override
    public void replying(ReplyView reply) {
        desk.work("replying");
    }

    @Override
    public Verdict answered(ReplyView reply) {
        desk.work("answered");
        return Verdict.DELIVER;
    }

    @Override
    public void acknowledged(RequestView request) {
        desk.work("acknowledged");
    }
}
