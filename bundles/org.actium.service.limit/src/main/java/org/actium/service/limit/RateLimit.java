package org.actium.service.limit;

import java.util.Map;
import java.util.Objects;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Time;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Refuses calls to the objects of a node that come faster than {@code perSecond}, after {@code burst} of them at once.
 * Each node of the virtual node has its own measure.
 *
 * <p>Not for objects that recover: what they had served would come again at full speed, and would be refused.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "rate-limit", excludes = "fault-tolerance")
public final class RateLimit implements TechnicalService {

    private static final double LONGEST = 1e9; // seconds that a burst may take to be earned: what fits into nanoseconds

    private final Time time;
    private double perSecond;
    private int burst;

    @Activate
    public RateLimit(@Reference Time time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public void init(Map<String, String> arguments) {
        perSecond = positive(arguments);
        burst = whole(arguments);
        if (burst / perSecond > LONGEST) {
            throw new IllegalArgumentException("arguments 'perSecond' " + perSecond + " and 'burst' " + burst
                    + " do not go together: at that rate so many calls take more than " + (long) LONGEST
                    + " s; raise the rate or lower the burst");
        }
    }

    private static double positive(Map<String, String> arguments) {
        String text = String.valueOf(arguments.get("perSecond"));
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && number <= 1e9) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException("argument 'perSecond' is '" + text
                + "', which is not a number above 0 and up to 1e9; arguments given: " + arguments.keySet());
    }

    private static int whole(Map<String, String> arguments) {
        String text = arguments.getOrDefault("burst", "1");
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException("argument 'burst' is '" + text + "', which is not a whole number from 1 to "
                + Integer.MAX_VALUE + "; arguments given: " + arguments.keySet());
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        Bucket bucket = new Bucket(time::nanos, perSecond, burst);
        Verdict refuse = new Verdict.Refuse("node '" + node.name() + "' takes " + perSecond + " calls per second and "
                + burst + " at once (technical service rate-limit)");
        contributions.intercept(new MessageInterceptor() {
            @Override
            public Verdict arriving(RequestView request) {
                return bucket.take() ? Verdict.DELIVER : refuse;
            }
        });
    }
}
