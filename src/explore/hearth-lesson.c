/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-lesson.h"

#include <glib/gi18n-lib.h>

/* Names of standards stay as they are; commands are for the shell. */
static const HearthLesson lessons[] = {
  {
    .id = "loopback",
    .title = N_ ("What Loopback Is"),
    .summary = N_ ("How a computer talks to itself"),
    .paragraphs = {
      N_ ("Every computer has a network that nobody sees: the one to itself. What a program sends into it comes "
          "straight back in, for another program on the same computer. That is why it is called loopback."),
      N_ ("There is no cable and no Wi-Fi in it, and no router. It is made of software alone, and works on a train, "
          "on a plane and with the network switched off."),
      N_ ("The rule is strict: what is sent to a loopback address must never leave the computer. So nobody outside "
          "can read it, and nobody outside can send it."),
      N_ ("This makes it a good place for things that are yours: a site you are building, a database, a service "
          "that only other programs here should use."),
    },
    .claims = {
      {
        .claim = N_ ("“Loopback is called lo.”"),
        .truth = N_ ("On Linux it is. On macOS and the BSDs it is lo0, so a command copied from one to the other "
                     "finds no such interface. Windows calls it Loopback Pseudo-Interface 1."),
        .source = "lo(4)",
      },
      {
        .claim = N_ ("“Loopback traffic has priority.”"),
        .truth = N_ ("Nothing puts it first. It is fast because it stays in memory: no card, no cable, no "
                     "waiting for others. A busy processor slows it down like everything else."),
        .proof = "127.0.0.1",
        .source = "RFC 1122, section 3.2.1.3",
      },
    },
    .tries = {
      { N_ ("Check That Loopback Works"), NULL, "explore.show('check-up')" },
      { N_ ("Watch Its Traffic"), NULL, "explore.show('traffic')" },
    },
    .source = "RFC 1122, section 3.2.1.3 · RFC 4291, section 2.5.3",
  },
  {
    .id = "localhost",
    .title = N_ ("localhost, 127.0.0.1 and ::1"),
    .summary = N_ ("One name and two addresses for “right here”"),
    .paragraphs = {
      N_ ("localhost is a name. Computers do not send to names, so it is looked up first, and two addresses come "
          "back: 127.0.0.1, in the older language of the internet (IPv4), and ::1, in the newer one (IPv6)."),
      N_ ("Both lead to this computer. A browser tries one, and then the other if nobody answers. So when "
          "localhost works and 127.0.0.1 does not, the server listens at ::1 only."),
      N_ ("The name is reserved: nobody can buy it, and no name server on the internet should be asked for it. "
          "Everything that ends in .localhost is reserved with it, and browsers take shop.localhost to this "
          "computer without any setup. That gives every project a name of its own."),
      N_ ("Your home has a reserved ending too: home.arpa. A name such as printer.home.arpa means something in "
          "your house, on your network; localhost never goes even that far."),
    },
    .claims = {
      {
        .claim = N_ ("“localhost is the same as 127.0.0.1.”"),
        .truth = N_ ("It is ::1 as well. A server that listens at one of the two is not found at the other."),
        .proof = "::1",
        .source = "RFC 6761, section 6.3",
      },
      {
        .claim = N_ ("“localhost needs a line in the hosts file.”"),
        .truth = N_ ("Most systems have that line, and it does no harm. But browsers and many resolvers know the "
                     "name by themselves, because they should not ask others for it."),
        .source = "RFC 6761, section 6.3",
      },
    },
    .tries = {
      { N_ ("Ask Where localhost Leads"), NULL, "explore.show('reach:localhost')" },
      { N_ ("Ask About shop.localhost"), NULL, "explore.show('reach:http://shop.localhost:3000/')" },
    },
    .source = "RFC 6761, section 6.3 · RFC 4291, section 2.5.3 · RFC 8375",
  },
  {
    .id = "aliases",
    .title = N_ ("127.0.0.0/8 and Aliases"),
    .summary = N_ ("Sixteen million addresses of your own"),
    .paragraphs = {
      N_ ("Not one address is set aside for loopback but all that begin with 127: from 127.0.0.0 to "
          "127.255.255.255, more than sixteen million. The short name of that range is 127.0.0.0/8. IPv6 has just "
          "one, ::1."),
      N_ ("On Linux and Windows all of them answer from the start. On macOS and the BSDs only 127.0.0.1 does; the "
          "others must be added first. An address that is added beside the first one is called an alias."),
      N_ ("What for? Two databases that both want port 5432: one gets 127.0.0.2, the other 127.0.0.3, and both "
          "keep their port. A tunnel to the office that should look like the office. One address for each "
          "internal service, as on the real servers."),
      N_ ("Hearth adds an alias for you, shows it, and takes it away again. One that is added until restart "
          "leaves nothing behind."),
    },
    .claims = {
      {
        .claim = N_ ("“Only 127.0.0.1 works.”"),
        .truth = N_ ("The whole range is loopback. Here another address of it is tried, which nobody has added:"),
        .proof = "127.83.21.7",
        .source = "RFC 1122, section 3.2.1.3; RFC 6890, section 2.2.2",
      },
      {
        .claim = N_ ("“Aliases are /8.”"),
        .truth = N_ ("The /8 belongs to the range. An alias is one address: /32, and in IPv6 /128. Added "
                     "with /8, 10.0.0.5 would make Linux take every address that begins with 10 for its own, "
                     "and the real ones could not be reached."),
        .source = "RFC 4632, section 3.1",
      },
      {
        .claim = N_ ("“An alias is always private.”"),
        .truth = N_ ("Only one that begins with 127, or ::1, is. Give loopback the alias 192.168.1.50, and Linux "
                     "answers for it on your Wi-Fi too. It is the address that makes it private, not the "
                     "interface that it is on."),
        .source = "RFC 1122, section 3.3.4.2",
      },
    },
    .tries = {
      { N_ ("Add an Alias…"), "addresses", "win.add" },
      { N_ ("Ask About 127.0.0.2"), NULL, "explore.show('reach:127.0.0.2')" },
    },
    .source = "RFC 1122, section 3.2.1.3 · RFC 6890, section 2.2.2",
  },
  {
    .id = "ports",
    .title = N_ ("Ports and Services"),
    .summary = N_ ("Many bells at one door"),
    .paragraphs = {
      N_ ("An address leads to a computer, and a port to one program on it. Think of a house: the address is its "
          "door, and each port is a bell beside it that calls one program."),
      N_ ("A program that waits for a bell is called a service, and waiting is called listening. Ports are "
          "numbers from 1 to 65535. Some are known for something: 443 for the web, 5432 for the database "
          "PostgreSQL, 631 for printing."),
      N_ ("http://localhost:3000/ says all of it: speak HTTP, to this computer, at port 3000. Without a number "
          "the usual one is meant, 80 for http."),
      N_ ("“Connection refused” means that nobody listens at that port. “Address already in use” means that "
          "somebody does: Services shows who."),
    },
    .claims = {
      {
        .claim = N_ ("“Only one program can use a port.”"),
        .truth = N_ ("One for each address. PostgreSQL at 127.0.0.1 and another one at 127.0.0.2 can both have "
                     "port 5432. Only where a program listens on every address is there no room for another."),
        .proof = "127.0.0.2",
        .source = "RFC 9293, section 4; ip(7)",
      },
      {
        .claim = N_ ("“An open port is a hole.”"),
        .truth = N_ ("A port at 127.0.0.1 is open for this computer alone. What matters is the address that "
                     "a program listens on: the next lesson."),
        .source = "RFC 1122, section 3.2.1.3",
      },
    },
    .tries = {
      { N_ ("See Who Listens"), NULL, "win.show-page('services')" },
      { N_ ("Ask About Port 3000"), NULL, "explore.show('reach::3000')" },
    },
    .source = "RFC 6335 · RFC 9293, section 3.1",
  },
  {
    .id = "reach",
    .title = N_ ("Who Can Reach a Service"),
    .summary = N_ ("Why the café may see your test server"),
    .paragraphs = {
      N_ ("A program chooses an address when it begins to listen, and that decides who can knock. At 127.0.0.1 or "
          "::1: programs of this computer, and nobody else."),
      N_ ("At the address that your Wi-Fi gave you, such as 192.168.1.20: everyone in the same network. At home "
          "that is your family, in a café it is the café."),
      N_ ("At 0.0.0.0 or ::, which stand for “every address that I have”: all of these at once, and with a public "
          "address the whole internet. A firewall may stop them; do not count on one."),
      N_ ("A tunnel turns this around on purpose: ssh -L 5432:db:5432 puts a far database at a port of "
          "your own 127.0.0.1, and nobody outside this computer can use it."),
    },
    .claims = {
      {
        .claim = N_ ("“A test server is on localhost.”"),
        .truth = N_ ("Many are not. Python’s http.server listens on every address, and shows the folder to "
                     "everyone around. In Services it stands with “every address” and, in a network, “the "
                     "local network”. With --bind it stays at home:"),
        .command = "python3 -m http.server --bind 127.0.0.1",
        .source = "docs.python.org, http.server",
      },
      {
        .claim = N_ ("“0.0.0.0 is the same as localhost.”"),
        .truth = N_ ("For a program that listens it is the opposite: every address instead of loopback alone. As an "
                     "address to go to it means nothing, even where a browser lets it pass."),
        .source = "RFC 1122, section 3.2.1.3; RFC 6890, section 2.2.2",
      },
    },
    .tries = {
      { N_ ("Serve a Folder on Localhost Only…"), NULL, "win.choose-folder('')" },
      { N_ ("Ask About 0.0.0.0"), NULL, "explore.show('reach:0.0.0.0')" },
      { N_ ("See Who Listens"), NULL, "win.show-page('services')" },
    },
    .source = "RFC 1122, section 3.2.1.3 · RFC 6890 · RFC 1918",
  },
  {
    .id = "containers",
    .title = N_ ("Containers Have Their Own"),
    .summary = N_ ("Why localhost in a container is not yours"),
    .paragraphs = {
      N_ ("A container, from Docker or Podman for example, is a program in a room of its own. That room has its "
          "own network, and so its own loopback, with its own 127.0.0.1."),
      N_ ("So localhost in a container is the container. A site in it that looks for a database at localhost "
          "does not find the one on your computer, and a browser here does not find what listens at "
          "127.0.0.1 in there."),
      N_ ("To let the browser in, a port is published: a port of your computer is joined with a port of the "
          "container, where the program must listen on every address of the container, 0.0.0.0."),
      N_ ("To get out, the container uses a name for your computer: host.docker.internal in Docker Desktop, "
          "host.containers.internal in Podman. A virtual machine, a phone and a second computer are the same: "
          "each has a localhost of its own."),
    },
    .claims = {
      {
        .claim = N_ ("“-p 8080:80 is for me alone.”"),
        .truth = N_ ("It opens port 8080 at every address of this computer, often past the firewall too. Name "
                     "the address to keep it here:"),
        .command = "docker run -p 127.0.0.1:8080:80 nginx",
        .source = "docs.docker.com, Port publishing",
      },
      {
        .claim = N_ ("“There is one localhost.”"),
        .truth = N_ ("There is one for each network on a computer, and each container has such a network. "
                     "Check-Up finds those that you may see."),
        .source = "network_namespaces(7)",
      },
    },
    .tries = {
      { N_ ("Look for Other Localhosts"), NULL, "explore.show('check-up')" },
      { N_ ("See Your Own on the Map"), NULL, "explore.show('map')" },
    },
    .source = "network_namespaces(7) · RFC 1122, section 3.2.1.3",
  },
};

const HearthLesson *
hearth_lesson_get_all (guint *n_lessons)
{
  *n_lessons = G_N_ELEMENTS (lessons);
  return lessons;
}

const HearthLesson *
hearth_lesson_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lessons); i++)
    if (g_str_equal (lessons[i].id, id))
      return &lessons[i];
  return NULL;
}

const HearthLesson *
hearth_lesson_get_next (const HearthLesson *self)
{
  g_return_val_if_fail (self >= lessons && self < lessons + G_N_ELEMENTS (lessons), NULL);

  return self + 1 < lessons + G_N_ELEMENTS (lessons) ? self + 1 : NULL;
}
