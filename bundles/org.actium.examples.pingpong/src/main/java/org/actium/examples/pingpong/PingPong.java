package org.actium.examples.pingpong;

import org.actium.application.api.Actium;
import org.actium.application.api.ActiumApplication;
import org.actium.application.api.UnusableOptionException;
import org.actium.deployment.api.VirtualNode;

/**
 * Two objects play ping-pong on the nodes of a virtual node, {@code players} unless option {@code on} names another.
 * With {@code --ft pml} the result is the same whichever of their JVMs dies in the middle.
 */
@ActiumApplication(name = "pingpong", descriptor = "pingpong.xml")
public final class PingPong {

    private static final String TURNS = "turns";

    private PingPong() {}

    public static void main(String[] arguments) {
        Actium actium = Actium.here();
        int turns = turns(actium.options().getOrDefault(TURNS, "1000"));
        VirtualNode players = actium.virtualNode(actium.options().getOrDefault("on", "players"));
        Umpire umpire = actium.newActive(Umpire.class).start();
        Player ping = actium.newActive(Player.class).on(players.node()).start();
        Player pong = actium.newActive(Player.class).on(players.node()).start();
        int reportEvery = Math.max(1, turns / 10);
        ping.meet(pong, umpire, reportEvery);
        pong.meet(ping, umpire, reportEvery);
        ping.turn(turns);
        System.out.println("collected value " + umpire.collected());
    }

    private static int turns(String text) {
        if (!text.matches("[1-9][0-9]{0,6}")) {
            throw new UnusableOptionException("option " + TURNS + " wants a number from 1, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
