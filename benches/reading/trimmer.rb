# How many mails a second Debian's ruby-email-reply-trimmer trims: JSON Lines in, one number out.
require "json"
require "email_reply_trimmer"

mails = $stdin.each_line.map { |line| JSON.parse(line)["text"] }
mails.each { |mail| EmailReplyTrimmer.trim(mail) }
begun = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
rounds = 20
rounds.times { mails.each { |mail| EmailReplyTrimmer.trim(mail) } }
puts rounds * mails.length / (Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - begun)
