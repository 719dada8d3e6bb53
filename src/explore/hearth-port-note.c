/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-port-note.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
#define TCP TRUE, FALSE, FALSE
#define UDP FALSE, TRUE, FALSE
#define BOTH TRUE, TRUE, FALSE
#define WEB TRUE, FALSE, TRUE
#define WEB_AND_UDP TRUE, TRUE, TRUE

/* Sorted by port; what is only at one address stands before the rest of its port. */
static const HearthPortNote notes[] = {
  { 21, TCP, NULL, N_ ("FTP"),
    N_ ("Files by the old File Transfer Protocol, which sends passwords in the clear.") },
  { 22, TCP, NULL, N_ ("SSH"),
    N_ ("Lets people who have an account here log in from elsewhere, and carries tunnels.") },
  { 23, TCP, NULL, N_ ("Telnet"),
    N_ ("A login without any protection; SSH took its place long ago.") },
  { 25, TCP, NULL, N_ ("Mail (SMTP)"),
    N_ ("Takes mail; on a desktop usually for the reports of this computer alone.") },
  { 53, BOTH, "127.0.0.53", N_ ("Names (systemd-resolved)"),
    N_ ("Answers the names that programs of this computer ask for, and asks the real name servers.") },
  { 53, BOTH, "127.0.0.54", N_ ("Names (systemd-resolved)"),
    N_ ("The same service as at 127.0.0.53, which passes every question on as it came.") },
  { 53, BOTH, "127.0.1.1", N_ ("Names (dnsmasq)"),
    N_ ("Answers the names that programs of this computer ask for.") },
  { 53, BOTH, NULL, N_ ("Names (DNS)"),
    N_ ("A name server: tells the addresses that belong to names.") },
  { 67, UDP, NULL, N_ ("DHCP server"),
    N_ ("Gives addresses to other computers or to virtual machines and containers.") },
  { 68, UDP, NULL, N_ ("DHCP client"),
    N_ ("Waits for the address that the network gives to this computer.") },
  { 80, WEB, NULL, N_ ("Web (HTTP)"),
    N_ ("A web server; http:// without a port leads here.") },
  { 111, BOTH, NULL, N_ ("RPC port mapper"),
    N_ ("Tells where the services of NFS are.") },
  { 123, UDP, NULL, N_ ("Time (NTP)"),
    N_ ("Keeps the clock right, and may tell others the time.") },
  { 137, UDP, NULL, N_ ("Windows names (NetBIOS)"),
    N_ ("Makes this computer known by its name to Windows computers.") },
  { 138, UDP, NULL, N_ ("Windows names (NetBIOS)"),
    N_ ("Makes this computer known by its name to Windows computers.") },
  { 139, TCP, NULL, N_ ("Windows files (SMB)"),
    N_ ("Shares folders and printers with Windows computers, the old way.") },
  { 443, WEB_AND_UDP, NULL, N_ ("Web (HTTPS)"),
    N_ ("A web server with encryption; https:// without a port leads here.") },
  { 445, TCP, NULL, N_ ("Windows files (SMB)"),
    N_ ("Shares folders and printers with Windows computers.") },
  { 546, UDP, NULL, N_ ("DHCPv6 client"),
    N_ ("Waits for the IPv6 address that the network gives to this computer.") },
  { 631, WEB_AND_UDP, NULL, N_ ("Printing (CUPS)"),
    N_ ("The printers of this computer; http://localhost:631 shows them.") },
  { 1025, TCP, NULL, N_ ("Mail catcher"),
    N_ ("A mail server for tests, such as MailHog, Mailpit or MailCatcher.") },
  { 1080, TCP, NULL, N_ ("SOCKS proxy"),
    N_ ("Carries connections elsewhere, such as through “ssh -D”; or the page of MailCatcher.") },
  { 1234, WEB, NULL, N_ ("LM Studio"),
    N_ ("Language models on this computer, or any program whose author wanted a number to remember.") },
  { 1313, WEB, NULL, N_ ("Hugo"),
    N_ ("The preview of a web site made with Hugo.") },
  { 1716, BOTH, NULL, N_ ("KDE Connect, GSConnect"),
    N_ ("Connects this computer with a telephone on the same network.") },
  { 1883, TCP, NULL, N_ ("MQTT"),
    N_ ("Messages of sensors and home automation.") },
  { 1900, UDP, NULL, N_ ("UPnP discovery"),
    N_ ("Finds televisions, speakers and routers on the network, or is found by them.") },
  { 2019, TCP, NULL, N_ ("Caddy’s administration"),
    N_ ("How the web server Caddy is told what to do.") },
  { 2049, BOTH, NULL, N_ ("NFS"),
    N_ ("Shares folders with other computers.") },
  { 2375, TCP, NULL, N_ ("Docker, without protection"),
    N_ ("Who reaches it can do everything on this computer; it should not be open.") },
  { 3000, WEB, NULL, N_ ("Development server"),
    N_ ("Where Node, React, Rails and Grafana show what is being worked on.") },
  { 3001, WEB, NULL, N_ ("Development server"),
    N_ ("Usually what could not have port 3000.") },
  { 3306, TCP, NULL, N_ ("MySQL or MariaDB"),
    N_ ("A database, asked by web sites and programs.") },
  { 3389, TCP, NULL, N_ ("Remote desktop (RDP)"),
    N_ ("Lets people see and use this screen from elsewhere.") },
  { 4000, WEB, NULL, N_ ("Development server"),
    N_ ("Where Jekyll and Phoenix show what is being worked on.") },
  { 4200, WEB, NULL, N_ ("Angular"),
    N_ ("The preview of an application made with Angular.") },
  { 4321, WEB, NULL, N_ ("Astro"),
    N_ ("The preview of a web site made with Astro.") },
  { 5000, WEB, NULL, N_ ("Flask, or AirPlay on a Mac"),
    N_ ("Where Flask and a registry of containers listen; on a Mac AirPlay has it, to the surprise of many.") },
  { 5173, WEB, NULL, N_ ("Vite"),
    N_ ("The preview of an application made with Vite.") },
  { 5222, TCP, NULL, N_ ("XMPP"),
    N_ ("Chat by the protocol of Jabber.") },
  { 5353, UDP, NULL, N_ ("Names on the network (mDNS)"),
    N_ ("Finds printers and names that end in .local, as Avahi and browsers do.") },
  { 5355, BOTH, NULL, N_ ("Names on the network (LLMNR)"),
    N_ ("Finds Windows computers by name.") },
  { 5432, TCP, NULL, N_ ("PostgreSQL"),
    N_ ("A database, asked by web sites and programs.") },
  { 5555, TCP, NULL, N_ ("Android debugging"),
    N_ ("Commands a telephone or an emulator (adb).") },
  { 5672, TCP, NULL, N_ ("RabbitMQ"),
    N_ ("Passes messages from program to program.") },
  { 5678, WEB, NULL, N_ ("n8n"),
    N_ ("Automations that are put together in the browser.") },
  { 5900, TCP, NULL, N_ ("Screen sharing (VNC)"),
    N_ ("Lets people see and use this screen from elsewhere.") },
  { 6006, WEB, NULL, N_ ("Storybook or TensorBoard"),
    N_ ("Shows parts of a user interface, or how a model learns.") },
  { 6379, TCP, NULL, N_ ("Redis or Valkey"),
    N_ ("Keeps data in memory for other programs.") },
  { 7860, WEB, NULL, N_ ("Gradio"),
    N_ ("The page of a program for pictures or models, such as Stable Diffusion.") },
  { 8000, WEB, NULL, N_ ("Development server"),
    N_ ("Where Hearth, Python’s http.server and Django serve what is being worked on.") },
  { 8025, WEB, NULL, N_ ("Mail catcher’s page"),
    N_ ("Shows the mail that MailHog or Mailpit caught.") },
  { 8080, WEB, NULL, N_ ("Web, other than the usual port"),
    N_ ("Where Tomcat, Jenkins, proxies and many development servers listen.") },
  { 8081, WEB, NULL, N_ ("Development server"),
    N_ ("React Native’s bundler, or what could not have port 8080.") },
  { 8083, WEB, NULL, N_ ("Calibre-Web"),
    N_ ("A library of books.") },
  { 8096, WEB, NULL, N_ ("Jellyfin"),
    N_ ("Films and music for the home.") },
  { 8123, WEB, NULL, N_ ("Home Assistant"),
    N_ ("Home automation; ClickHouse uses the same port.") },
  { 8200, WEB, NULL, N_ ("Vault"),
    N_ ("Keeps secrets for other programs.") },
  { 8384, WEB, NULL, N_ ("Syncthing’s page"),
    N_ ("Shows what Syncthing keeps the same on several computers.") },
  { 8443, WEB, NULL, N_ ("Web (HTTPS), other than the usual port"),
    N_ ("A web server with encryption.") },
  { 8787, WEB, NULL, N_ ("RStudio Server"),
    N_ ("Statistics in the browser; Cloudflare’s wrangler uses the same port.") },
  { 8888, WEB, NULL, N_ ("Jupyter"),
    N_ ("Notebooks that run Python; who can open them can run programs as you.") },
  { 9000, WEB, NULL, N_ ("PHP, MinIO or Portainer"),
    N_ ("PHP behind a web server (FastCGI), storage, or the page of Portainer.") },
  { 9001, WEB, NULL, N_ ("MinIO’s page"),
    N_ ("Shows what MinIO stores.") },
  { 9090, WEB, NULL, N_ ("Cockpit or Prometheus"),
    N_ ("Administers this computer in the browser, or measures what others do.") },
  { 9091, WEB, NULL, N_ ("Transmission’s page"),
    N_ ("Shows what Transmission downloads.") },
  { 9200, WEB, NULL, N_ ("Elasticsearch or OpenSearch"),
    N_ ("Searches through text for other programs.") },
  { 9222, WEB, NULL, N_ ("Browser debugging"),
    N_ ("Who reaches it commands the browser and reads its pages.") },
  { 9229, TCP, NULL, N_ ("Node’s debugger"),
    N_ ("Who reaches it can run programs as you.") },
  { 10000, WEB, NULL, N_ ("Webmin"),
    N_ ("Administers this computer in the browser.") },
  { 11211, BOTH, NULL, N_ ("Memcached"),
    N_ ("Keeps data in memory for other programs.") },
  { 11434, WEB, NULL, N_ ("Ollama"),
    N_ ("Language models on this computer.") },
  { 15672, WEB, NULL, N_ ("RabbitMQ’s page"),
    N_ ("Shows the messages of RabbitMQ.") },
  { 19000, WEB, NULL, N_ ("Expo"),
    N_ ("The preview of an application for telephones.") },
  { 22000, BOTH, NULL, N_ ("Syncthing"),
    N_ ("Keeps folders the same on several computers.") },
  { 27017, TCP, NULL, N_ ("MongoDB"),
    N_ ("A database, asked by web sites and programs.") },
  { 32400, WEB, NULL, N_ ("Plex"),
    N_ ("Films and music for the home.") },
  { 51820, UDP, NULL, N_ ("WireGuard"),
    N_ ("A private network through others’ networks.") },
};
/* clang-format on */

static gboolean
fits (const HearthPortNote *note, HearthTransport transport, const HearthAddress *address)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!(transport == HEARTH_TRANSPORT_TCP ? note->tcp : note->udp))
    return FALSE;
  return note->address == NULL ||
         (address != NULL && g_str_equal (hearth_address_print (address, text), note->address));
}

const HearthPortNote *
hearth_port_note_find (HearthTransport transport, guint16 port, const HearthAddress *address)
{
  gsize low = 0, high = G_N_ELEMENTS (notes);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (notes[middle].port < port)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < G_N_ELEMENTS (notes) && notes[low].port == port; low++)
    if (fits (&notes[low], transport, address))
      return &notes[low];
  return NULL;
}
