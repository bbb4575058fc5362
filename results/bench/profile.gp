# sltrain-60m, 2 workers. Data: profile.dat
set terminal svg size 860,524 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'profile.svg'
unset key
set border 3 lc rgb '#444444'
set lmargin at screen 0.17442; set rmargin at screen 0.84884
set bmargin at screen 0.10687; set tmargin at screen 0.80153
set xrange [0:1029.2665181339999]; set yrange [0.4:14.6]
set xtics nomirror ('0' 0.0, '200' 200.0, '400' 400.0, '600' 600.0, '800' 800.0, '1000' 1000.0)
set ytics nomirror scale 0 ('head' 14, 'linear layers' 13, 'sparse products' 12, 'attention' 11, 'update' 10, 'SwiGLU' 9, 'cross-entropy' 8, 'RMSNorm' 7, 'clearing gradients' 6, 'gradient norm' 5, 'rotary embedding' 4, 'residual stream' 3, 'embedding' 2, 'not named' 1)
set xlabel 'Milliseconds of an update'
set label 101 'sltrain-60m, 2 workers' at screen 0.01860,0.95420 font ',15'
set label 102 '2043.7 ms an update, 1002 tokens/s; mean of 10 updates' at screen 0.01860,0.91221 font ',12' textcolor rgb '#555555'
set label 201 '1009 ms, 49.4 %' at 1009.0848216999999,14 offset 0.6,0 font ',12'
set label 202 '644 ms, 31.5 %' at 644.2925714,13 offset 0.6,0 font ',12'
set label 203 '163 ms, 8.0 %' at 163.27493969999995,12 offset 0.6,0 font ',12'
set label 204 '133 ms, 6.5 %' at 133.25480990000005,11 offset 0.6,0 font ',12'
set label 205 '22 ms, 1.1 %' at 22.248191400000014,10 offset 0.6,0 font ',12'
set label 206 '22 ms, 1.1 %' at 21.644788000000002,9 offset 0.6,0 font ',12'
set label 207 '16 ms, 0.8 %' at 16.228887799999992,8 offset 0.6,0 font ',12'
set label 208 '14 ms, 0.7 %' at 13.555970400000001,7 offset 0.6,0 font ',12'
set label 209 '6 ms, 0.3 %' at 5.9934572,6 offset 0.6,0 font ',12'
set label 210 '5 ms, 0.3 %' at 5.113119400000006,5 offset 0.6,0 font ',12'
set label 211 '4 ms, 0.2 %' at 3.6752096999999986,4 offset 0.6,0 font ',12'
set label 212 '3 ms, 0.1 %' at 2.834539999999999,3 offset 0.6,0 font ',12'
set label 213 '1 ms, 0.1 %' at 1.2136038,2 offset 0.6,0 font ',12'
set label 214 '1 ms, 0.1 %' at 1.3286411000000027,1 offset 0.6,0 font ',12'
set object 301 rectangle from screen 0.01860,0.84351 to screen 0.03721,0.87023 fs solid 0.85 border fc rgb '#000000' lw 0.6
set label 301 'forward' at screen 0.04419,0.85687 font ',12'
set object 302 rectangle from screen 0.12326,0.84351 to screen 0.14186,0.87023 fs pattern 2 border fc rgb '#E69F00' lw 0.6
set label 302 'head' at screen 0.14884,0.85687 font ',12'
set object 303 rectangle from screen 0.20000,0.84351 to screen 0.21860,0.87023 fs solid 0.55 border fc rgb '#009E73' lw 0.6
set label 303 'backward' at screen 0.22558,0.85687 font ',12'
set object 304 rectangle from screen 0.31395,0.84351 to screen 0.33256,0.87023 fs pattern 4 border fc rgb '#0072B2' lw 0.6
set label 304 'embedding' at screen 0.33953,0.85687 font ',12'
set object 305 rectangle from screen 0.43721,0.84351 to screen 0.45581,0.87023 fs solid 0.7 border fc rgb '#D55E00' lw 0.6
set label 305 'update' at screen 0.46279,0.85687 font ',12'
plot 'profile.dat' index 0 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs solid 0.85 border lw 0.6 lc rgb '#000000', \
  'profile.dat' index 1 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs pattern 2 border lw 0.6 lc rgb '#E69F00', \
  'profile.dat' index 2 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs solid 0.55 border lw 0.6 lc rgb '#009E73', \
  'profile.dat' index 3 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs pattern 4 border lw 0.6 lc rgb '#0072B2', \
  'profile.dat' index 4 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs solid 0.7 border lw 0.6 lc rgb '#D55E00', \
  'profile.dat' index 5 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs pattern 6 border lw 0.6 lc rgb '#CC79A7', \
  'profile.dat' index 6 using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs solid 0.4 border lw 0.6 lc rgb '#56B4E9'
