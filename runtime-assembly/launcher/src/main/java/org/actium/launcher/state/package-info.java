/** What containers keep on disk, and how one learns of another through it. */
package org.actium.launcher.state;
