// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonsHelp.h"

namespace loopscope {

QString LessonsHelp::overview()
{
    return tr(
        R"text(loopscope lessons COMMAND: makes, checks, bundles and grades lessons; 'loopscope studio' is where they are taken.

LESSONS is the folder of a course or of one lesson, or a bundle (.lessons); the course that comes with the program if it is left out.
docs/lessons.md says what is in such a folder.

  loopscope lessons list [LESSONS] [--json]
                         the lessons with their titles
  loopscope lessons check [LESSONS] [--lesson NAME] [--jobs N] [--node] [--json]
                         checks all that lessons say by running it: every script, here and in the installed Node; that questions have one right
                         answer, misconceptions are wrong, moments to watch are there, tasks are not solved yet and their solutions solve
                         them. --lesson: this lesson only (may be given several times); --jobs: so many at once (default 2);
                         --node: scripts of a bundle, too, run in Node, where they may do anything
  loopscope lessons new FOLDER
                         makes a small lesson that is right as it is, to begin with
  loopscope lessons bundle FOLDER -o FILE.lessons [--without-solutions]
                         puts a course or a lesson into one file; --without-solutions: for students, without solutions and explanations of
                         tasks
  loopscope lessons handout [LESSONS] -o FILE.pdf [--solutions]
                         writes a handout to print; --solutions: with the answers. Needs the window's program, but no display
  loopscope lessons grade LESSONS SUBMISSION... [--all] [--jobs N]
                         looks at what students handed in (.submission), and prints a row of CSV for each step: predictions are compared
                         with the run, scripts of tasks are run. LESSONS is the teacher's, with solutions or without. --all: also steps of
                         lessons that a student handed in nothing of

Scripts run as in every lesson: in virtual time, with simulated I/O, and for 30 s at most.
Exit code 0: all is right. 1: 'check' found something, or 'grade' could not read a submission. 2: the command line is wrong, or there is no
such file.

Examples:
  loopscope lessons new greetings
  loopscope lessons check greetings
  loopscope lessons bundle greetings -o greetings.lessons --without-solutions
  loopscope lessons grade greetings handed-in/*.submission > results.csv
)text");
}

} // namespace loopscope
