package org.actium.itests.application;

import org.actium.object.api.ActiveContext;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** Knows the ways that lead from where it lives to others. */
public class Scout {

    /** The runtime in which it lives. */
    public String runtime() {
        return ActiveContext.current().node().runtime().toString();
    }

    /** Asks the other one, and says what has carried that. */
    public String wayTo(Scout other) {
        String there = other.runtime();
        BundleContext context = FrameworkUtil.getBundle(Scout.class).getBundleContext();
        ServiceReference<Links> reference = context.getServiceReference(Links.class);
        try {
            return context.getService(reference).all().stream()
                    .filter(link -> link.peer().id().toString().equals(there))
                    .map(Link::route)
                    .findFirst()
                    .orElse("no link");
        } finally {
            context.ungetService(reference);
        }
    }
}
