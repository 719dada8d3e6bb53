/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-header.h"

/* Answers with the file @path, which @file is: its type, a twin of it that is compressed already, what the client
 * has of it already, the range that is asked for. Takes @file over. */
void serve_answer_file (ServeAnswer        *answer,
                        ServeSite          *site,
                        const ServeRequest *request,
                        const char         *path,
                        const ServeFile    *file,
                        ServeBuffer        *buffer);
