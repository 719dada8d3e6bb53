/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What all pages of our own begin with, up to the text of the title; and the start of their style:
 * the colours of libadwaita 1.7 in light, dark and high contrast, its clamp and its cards. Icons
 * are clip-paths, because SERVE_PAGE_POLICY lets no picture in. */
#define SERVE_STYLE_START                                                                          \
  "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"                        \
  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>"

#define SERVE_STYLE_COMMON                                                                         \
  ":root{color-scheme:light dark;--window:#fafafb;--text:rgb(0 0 6/80%);--dim:rgb(0 0 6/62%);"     \
  "--card:#fff;--line:rgb(0 0 6/10%);--hover:rgb(0 0 6/5%);--accent:#0461be;--button:#1c71d8;"     \
  "--shade:0 0 0 1px rgb(0 0 6/4%),0 1px 3px 1px rgb(0 0 6/7%),0 2px 6px 2px rgb(0 0 6/3%)}\n"     \
  "@media(prefers-color-scheme:dark){:root{--window:#222226;--text:#fff;"                          \
  "--dim:rgb(255 255 255/70%);--card:#343437;--line:rgb(255 255 255/11%);"                         \
  "--hover:rgb(255 255 255/6%);--accent:#81d0ff;--shade:none}}\n"                                  \
  "@media(prefers-contrast:more){:root{--dim:var(--text);--line:currentColor;"                     \
  "--shade:0 0 0 1px currentColor}}\n"                                                             \
  "*{box-sizing:border-box}\n"                                                                     \
  "body{margin:0;background:var(--window);color:var(--text);overflow-wrap:anywhere;"               \
  "font:.9375rem/1.45 \"Adwaita Sans\",Inter,Cantarell,system-ui,sans-serif}\n"                    \
  "h1,p,ol,ul{margin:0;padding:0}\n"                                                               \
  "a:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}\n"
