/** Objects that survive their hosts: who carries the protocol out, and who recovers what is lost. */
package org.actium.ft.core;
